import { parseArgs } from "node:util";
import { type ContenderName, CONTENDERS, isContenderName } from "../contenders/all.ts";

/** What one run of the benches is to measure, and how long it may take over it. */
export interface Options {
  readonly only: readonly ContenderName[];
  readonly rounds: number;
  readonly warmUpMs: number;
  readonly measureMs: number;
  readonly clients: number;
  readonly httpClients: number;
  readonly accounts: number;
  /** For the comparison with many accounts; 0 leaves it out. */
  readonly manyAccounts: number;
  /** For the growth of memory; 0 leaves it out. */
  readonly bets: number;
  readonly betsLimitMs: number;
  /** Where every data folder of the run is made; it must be on a disk. */
  readonly folder: string;
  readonly save: boolean;
}

/** An option that cannot be used; its message is one line. */
export class OptionError extends Error {
  override readonly name = "OptionError";
}

/** Somebody asked what can be asked for; no failure. */
export class HelpWanted extends Error {
  override readonly name = "HelpWanted";
}

/** What can be said on the command line. */
export const USAGE = `deno task bench [options]
  --quick            one short round, without the long measurements
  --only a,b         only these: ${Object.keys(CONTENDERS).join(", ")}
  --rounds N         how often everything is measured, in turns (3)
  --seconds N        length of one measurement, after a third of it to warm up (3)
  --clients N        concurrent clients in process (256)
  --http-clients N   concurrent clients over HTTP (64)
  --accounts N       accounts (1000)
  --many-accounts N  accounts of the second ledger, for comparison; 0 leaves it out (1000000)
  --bets N           bets after which the memory is looked at; 0 leaves it out (1000000)
  --bets-seconds N   the longest that those bets may take (150)
  --folder PATH      where the data folders are made (the system's folder for temporary files)
  --save             keep the result as bench/baseline.json and docs/performance.svg`;

/** Reads the command line. Throws {@link OptionError} for the first option that cannot be used. */
export function readOptions(args: readonly string[]): Options {
  const values = parsed(args);
  if (values.help === true) throw new HelpWanted();
  const quick = values.quick === true;
  const number = (name: NumberName) => {
    const { usual, quick: hasty = usual, most } = NUMBERS[name];
    return wholeNumber(name, values[name], { usual: quick ? hasty : usual, most });
  };
  const measureMs = number("seconds") * 1_000;
  return {
    only: contenderNames(values.only),
    rounds: Math.max(1, number("rounds")),
    warmUpMs: measureMs / 3,
    measureMs,
    clients: Math.max(1, number("clients")),
    httpClients: Math.max(1, number("http-clients")),
    accounts: Math.max(1, number("accounts")),
    manyAccounts: number("many-accounts"),
    bets: number("bets"),
    betsLimitMs: number("bets-seconds") * 1_000,
    folder: values.folder ?? Deno.env.get("TMPDIR") ?? "/tmp",
    save: values.save === true,
  };
}

/** A number's usual value, its value in a quick run where that is another, and its bound. */
interface NumberOption {
  readonly usual: number;
  readonly quick?: number;
  readonly most: number;
}

type NumberName =
  | "rounds"
  | "seconds"
  | "clients"
  | "http-clients"
  | "accounts"
  | "many-accounts"
  | "bets"
  | "bets-seconds";

const NUMBERS: { readonly [Name in NumberName]: NumberOption } = {
  "rounds": { usual: 3, quick: 1, most: 100 },
  "seconds": { usual: 3, quick: 1, most: 60 },
  "clients": { usual: 256, most: 4_096 },
  "http-clients": { usual: 64, most: 1_024 },
  "accounts": { usual: 1_000, most: 1_600_000 },
  "many-accounts": { usual: 1_000_000, quick: 0, most: 1_600_000 },
  "bets": { usual: 1_000_000, quick: 0, most: 100_000_000 },
  "bets-seconds": { usual: 150, most: 170 },
};

function parsed(args: readonly string[]) {
  const text = { type: "string" } as const;
  try {
    return parseArgs({
      args: [...args],
      options: {
        ...{
          "quick": { type: "boolean" },
          "save": { type: "boolean" },
          "help": { type: "boolean" },
        } as const,
        ...{ "only": text, "folder": text, "rounds": text, "seconds": text, "clients": text },
        ...{ "http-clients": text, "accounts": text, "many-accounts": text },
        ...{ "bets": text, "bets-seconds": text },
      },
    }).values;
  } catch (error) {
    throw new OptionError(error instanceof Error ? error.message : String(error));
  }
}

function wholeNumber(
  name: string,
  text: string | undefined,
  bounds: { readonly usual: number; readonly most: number },
): number {
  if (text === undefined) return bounds.usual;
  if (/^\d{1,9}$/.test(text) && Number(text) <= bounds.most) return Number(text);
  throw new OptionError(`--${name} must be a whole number up to ${bounds.most}, not "${text}".`);
}

function contenderNames(text: string | undefined): readonly ContenderName[] {
  const names = text?.split(",") ?? Object.keys(CONTENDERS);
  return names.map((name) => {
    if (isContenderName(name)) return name;
    throw new OptionError(
      `--only knows no "${name}"; there is ${Object.keys(CONTENDERS).join(", ")}.`,
    );
  });
}
