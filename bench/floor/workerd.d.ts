/** The path of the binary. */
declare module "workerd" {
  const path: string;
  export default path;
}
