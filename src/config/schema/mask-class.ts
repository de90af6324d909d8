/** Classes of personal data that a destination can have masked as a whole. */
export const maskClasses = ["phone", "email", "name", "text"] as const;
export type MaskClass = (typeof maskClasses)[number];

export function isMaskClass(name: string): name is MaskClass {
  return maskClasses.some((known) => known === name);
}
