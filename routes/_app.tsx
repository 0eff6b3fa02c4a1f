import { asset } from "fresh/runtime";
import { define } from "../define.ts";

/** The style sheets, in the order in which they build on each other. */
const STYLES = ["tokens", "base", "frame", "market", "slip", "hold", "reading"] as const;

/** The document around every page. */
export default define.page(({ Component }) => (
  <html lang="en-GB">
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <title>Holdfast</title>
      <meta name="description" content="A betting site that places every bet exactly once." />
      <meta name="color-scheme" content="light dark" />
      <link
        rel="preload"
        href="/fonts/hanken-grotesk-latin.woff2"
        as="font"
        type="font/woff2"
        crossOrigin="anonymous"
      />
      {STYLES.map((name) => <link key={name} rel="stylesheet" href={asset(`/${name}.css`)} />)}
      <link rel="icon" href={asset("/favicon.svg")} type="image/svg+xml" />
    </head>
    <body>
      <Component />
    </body>
  </html>
));
