/** What proves a signature: of `v1` a secret that both sides have, of `v1a` a public key. */
export interface Key {
    readonly version: "v1" | "v1a";
    readonly algorithm: "HMAC" | "Ed25519";
    readonly key: CryptoKey;
}
/**
 * Reads `whsec_…` (HMAC-SHA256) and `whpk_…` (Ed25519), several with blanks between.
 * @throws TypeError where there is none, or one that is neither
 */
export declare function readKeys(secrets: string | readonly string[]): Promise<Key[]>;
/** No bytes where it is no base64. */
export declare function fromBase64(text: string): Uint8Array<ArrayBuffer>;
