/**
 * What islands and server code may both import.
 * @module
 */
export { asset, assetSrcSet, IS_BROWSER } from "./src/shared/asset.ts";
export { Head, type HeadProps } from "./src/shared/head.ts";
export { HttpError } from "./src/shared/http_error.ts";
export { Partial, type PartialProps } from "./src/shared/partial.ts";
