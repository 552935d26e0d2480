// What the bundler makes of imported files: the address of each, relative to the script that imports it.
declare module "*.json" {
  const address: string;
  export default address;
}
