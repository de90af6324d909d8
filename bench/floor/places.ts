/** What stands in a message of the bench where it is told under which receipt it came, and when. */
export const RECEIPT_PLACE = "rcpt_00000000000000000000000000";
export const RECEIVED_PLACE = 1e12;
