import type { SeededRandom } from "../sim/seeded_random.ts";
import type { RunningServer } from "../browser/running_server.ts";

/** One request of a history, in words that mean the same in every home. */
export interface Step {
  /** "player 0" and on, or "trader". */
  readonly who: string;
  readonly method: "GET" | "POST";
  /** Ids of bets and holds stand in it as "{3}": what step 3 made. */
  readonly path: string;
  readonly key?: string;
  readonly body?: unknown;
}

/** What a step was answered, with everything that differs between two homes by right taken out. */
export interface Told {
  readonly status: number;
  readonly replayed: string | null;
  readonly type: string | null;
  readonly body: unknown;
}

const PLAYERS = 3;

const LEGS = [
  { marketId: "saltmarsh-1430.winner", selectionId: "copper-kettle" },
  { marketId: "saltmarsh-1430.winner", selectionId: "long-meadow" },
  { marketId: "saltmarsh-1430.winner", selectionId: "second-post" },
] as const;

const PRICES = ["3.25", "9/4", "4.50", "5.50", "2.00", { num: 13, den: 4 }] as const;

/** A random history: bets, holds, mistakes, repetitions, and a trader who changes the markets. */
export function drawHistory(random: SeededRandom, steps: number): readonly Step[] {
  const history: Step[] = [];
  while (history.length < steps) history.push(drawStep(random, history));
  return history;
}

function drawStep(random: SeededRandom, before: readonly Step[]): Step {
  const who = `player ${random.below(PLAYERS)}`;
  const key = `key ${before.length}`;
  const leg = { ...random.pick(LEGS), price: random.pick(PRICES) };
  const backing = {
    legs: [random.chance(0.05) ? { ...leg, selectionId: "nobody" } : leg],
    stakeMinor: random.pick([1, 250, 1_000, 20_000, 99_999, 100_001, 0]),
    ...random.chance(0.5) ? { priceChange: random.pick(["none", "higher", "any"]) } : {},
  };
  const made = random.below(Math.max(1, before.length));
  const market = `/api/trading/markets/${leg.marketId}`;
  const cap = random.pick([0, 500, 40_000, 100_000_000]);
  switch (
    random.weighted({
      ...{ bet: 30, hold: 14, confirm: 10, void: 6, again: 12, other: 4, read: 12 },
      ...{ limits: 4, prices: 4, suspend: 2, resume: 5 },
    })
  ) {
    case "bet":
      return { who, method: "POST", path: "/api/bets", key, body: backing };
    case "hold":
      return { who, method: "POST", path: "/api/holds", key, body: backing };
    case "confirm":
      return { who, method: "POST", path: `/api/holds/{${made}}/confirm`, key };
    case "void":
      return { who, method: "POST", path: `/api/holds/{${made}}/void`, key };
    case "again":
      return before[made] ?? { who, method: "GET", path: "/api/account" };
    case "other":
      return {
        who,
        method: "POST",
        path: "/api/bets",
        key: before[made]?.key ?? key,
        body: backing,
      };
    case "read":
      return { who, method: "GET", path: random.pick(reads(made, leg.marketId)) };
    case "limits": {
      const limits = [{ selectionId: leg.selectionId, liabilityCapMinor: cap }];
      return { who: "trader", method: "POST", path: `${market}/limits`, key, body: { limits } };
    }
    case "prices": {
      const prices = [{ selectionId: leg.selectionId, price: leg.price }];
      return { who: "trader", method: "POST", path: `${market}/prices`, key, body: { prices } };
    }
    case "suspend":
      return { who: "trader", method: "POST", path: `${market}/suspend`, key, body: {} };
    case "resume":
      return {
        who: "trader",
        method: "POST",
        path: `${market}/resume`,
        key,
        body: { reason: "on" },
      };
  }
}

function reads(made: number, marketId: string): readonly string[] {
  return [
    ...["/api/account", "/api/bets", "/api/bets?limit=2", `/api/bets/{${made}}`],
    ...[`/api/requests/key%20${made}`, "/api/events", `/api/events/${marketId.split(".")[0]}`],
  ];
}

/** Somebody who lives a history through in one home, step by step. */
export class Teller {
  readonly #tokens = new Map<string, string>();
  readonly #names = new Map<string, string>();
  readonly #made = new Map<number, string>();

  constructor(readonly server: RunningServer) {}

  /** The accounts of the players, in their order. */
  readonly accountIds: string[] = [];

  /** Signs everybody in. */
  async begin(): Promise<void> {
    for (const name of [...Array(PLAYERS).keys()].map((number) => `player ${number}`)) {
      const { token, accountId } = await this.#signIn("player");
      this.#tokens.set(name, token);
      this.accountIds.push(accountId);
      this.#names.set(accountId.replace("acc_", ""), name.replace(" ", ""));
    }
    for (const role of ["trader", "auditor"]) {
      this.#tokens.set(role, (await this.#signIn(role)).token);
    }
  }

  /** Asks what step `number` asks, and says what was answered. */
  async tell(number: number, step: Step): Promise<Told> {
    const path = step.path.replace(
      /\{(\d+)\}/,
      (_, made) => this.#made.get(Number(made)) ?? "none",
    );
    const response = await this.#ask(step.who, path, step);
    const body = await response.json();
    const id = body?.bet?.id ?? body?.hold?.id;
    if (typeof id === "string") this.#made.set(number, id);
    return {
      status: response.status,
      replayed: response.headers.get("idempotency-replayed"),
      type: response.headers.get("content-type"),
      body: this.#general(body),
    };
  }

  /** The records of an account or a market, without their places in the log; `query` names it. */
  async records(query: string): Promise<readonly unknown[]> {
    const path = `/api/audit/records?${query}&limit=1000`;
    const { records } = await (await this.#ask("auditor", path, { method: "GET" })).json();
    return records.map((record: Record<string, unknown>) => {
      const { seq: _, hash: _hash, previousHash: _before, entry: _entry, ...said } = record;
      return this.#general(said);
    });
  }

  async #signIn(role: string) {
    const response = await fetch(`${this.server.url}/api/demo/sessions`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ role }),
    });
    return await response.json();
  }

  async #ask(who: string, path: string, step: Pick<Step, "method" | "key" | "body">) {
    const headers = new Headers({ authorization: `Bearer ${this.#tokens.get(who)}` });
    if (step.key !== undefined) headers.set("idempotency-key", step.key);
    if (step.body !== undefined) headers.set("content-type", "application/json");
    const body = step.body === undefined ? {} : { body: JSON.stringify(step.body) };
    return await fetch(this.server.url + path, { method: step.method, headers, ...body });
  }

  /** Names instead of random ids, no support ids, and no times. */
  #general(value: unknown): unknown {
    const text = JSON.stringify(value, (member, inner) => {
      if (/(?:At|AtMs)$|^(?:at|now)$/.test(member) && inner !== null) return "TIME";
      return inner;
    });
    const staff = text.replaceAll(/staff_[0-9a-z]+/g, "staff")
      .replaceAll(/support:[0-9a-f-]+/g, "support");
    return JSON.parse(
      [...this.#names].reduce((said, [letters, name]) => said.replaceAll(letters, name), staff),
    );
  }
}
