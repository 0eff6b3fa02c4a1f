import { assertEquals, assertThrows } from "@std/assert";
import { readSettings, SettingError } from "../../lib/adapters/system/settings.ts";

type Env = { readonly [name: string]: string };

const read = (env: Env) => readSettings((name) => env[name]);

const HOSTED = { DENO_DEPLOYMENT_ID: "d1" };

Deno.test("readSettings() of an empty environment is a first start on one's own machine", () => {
  assertEquals(read({}), { port: 8000, host: "0.0.0.0", kv: "data/holdfast.db", demo: true });
});

Deno.test("readSettings() on a hosted platform takes its database, and no play money unasked", () => {
  assertEquals(read(HOSTED), { port: 8000, host: "0.0.0.0", kv: null, demo: false });
  assertEquals(read({ ...HOSTED, HOLDFAST_DEMO: "on", HOLDFAST_KV: "x.db" }), {
    port: 8000,
    host: "0.0.0.0",
    kv: "x.db",
    demo: true,
  });
});

Deno.test("readSettings() takes what is set", () => {
  const env = {
    PORT: "0",
    HOLDFAST_HOST: "127.0.0.1",
    HOLDFAST_KV: ":memory:",
    HOLDFAST_DEMO: "off",
  };
  assertEquals(read(env), { port: 0, host: "127.0.0.1", kv: ":memory:", demo: false });
  for (const port of [1, 8080, 65_535]) assertEquals(read({ PORT: String(port) }).port, port);
  for (const host of ["localhost", "::1", "bets.example.com"]) {
    assertEquals(read({ HOLDFAST_HOST: host }).host, host);
  }
  const places = [
    "/var/lib/x.db",
    "./x",
    "C:\\x.db",
    "http://localhost:4512",
    "https://kv.example/x",
  ];
  for (const kv of places) assertEquals(read({ HOLDFAST_KV: kv }).kv, kv);
});

const BAD: readonly [string, readonly string[]][] = [
  ["PORT", [
    "",
    " ",
    "eighty",
    "-1",
    "65536",
    "99999",
    "100000",
    "8e3",
    "0x50",
    "80.5",
    " 80",
    "80\n81",
  ]],
  ["HOLDFAST_HOST", ["", " ", "http://localhost", "a b", "host\nname", "host/path", "höst"]],
  ["HOLDFAST_KV", [
    "",
    "  ",
    "\n",
    "ftp://host/x",
    "file:///x",
    "http://",
    "https://",
    "redis://x\ny",
  ]],
  ["HOLDFAST_DEMO", ["", "true", "1", "ON", "yes", "off ", "on\noff"]],
];

for (const [name, values] of BAD) {
  for (const value of values) {
    Deno.test(`readSettings() names ${name} in one line when it is ${JSON.stringify(value)}`, () => {
      const error = assertThrows(() => read({ [name]: value }), SettingError, name);
      assertEquals(error.message.split(/[\r\n\u2028]/).length, 1, error.message);
    });
  }
}
