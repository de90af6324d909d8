/** D1 takes rows and values of 2 MB at most (Cloudflare's page of D1's limits). */
export const MAX_ROW_BYTES = 2_000_000;
