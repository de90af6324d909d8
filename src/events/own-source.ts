/** The source of what the relay sends to itself. No configuration can have it: ids begin with a letter or a digit. */
export const OWN_SOURCE = "-";
