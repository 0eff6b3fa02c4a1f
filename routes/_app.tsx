import { asset } from "fresh/runtime";
import { define } from "../define.ts";

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
      <link rel="stylesheet" href={asset("/tokens.css")} />
      <link rel="stylesheet" href={asset("/styles.css")} />
      <link rel="stylesheet" href={asset("/betting.css")} />
      <link rel="stylesheet" href={asset("/reading.css")} />
      <link rel="icon" href={asset("/favicon.svg")} type="image/svg+xml" />
    </head>
    <body>
      <Component />
    </body>
  </html>
));
