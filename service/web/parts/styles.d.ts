/** Styles of a page, which the bundle puts into a file of their own. */
declare module "*.css";
