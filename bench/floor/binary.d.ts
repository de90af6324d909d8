/** As CommonJS writes a default export, and Node imports it. */
declare module "workerd" {
  const exports: {
    /** The path of the binary. */
    readonly default: string;
  };
  export default exports;
}
