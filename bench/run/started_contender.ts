import { createInterface, type Interface } from "node:readline";
import { Readable } from "node:stream";
import type { ReadableStream as NodeReadableStream } from "node:stream/web";
import type { ContenderName, Surroundings } from "../contenders/all.ts";
import type { Answer, OrderName, Orders } from "./orders.ts";

const PROCESS = new URL("contender_process.ts", import.meta.url).pathname;

/** No order takes longer: an account load of a million, a long run of bets. */
const ORDER_LIMIT_MS = 180_000;
const CLOSE_LIMIT_MS = 15_000;

/** A contender at work in a process of its own, so that its memory and its pauses are its own. */
export class StartedContender implements AsyncDisposable {
  readonly pid: number;
  readonly #child: Deno.ChildProcess;
  readonly #orders: WritableStreamDefaultWriter<Uint8Array>;
  readonly #lines: Interface;
  readonly #answers: AsyncIterator<string>;
  #ended = false;
  #killed = false;

  constructor(readonly name: ContenderName, given: Surroundings) {
    this.#child = new Deno.Command(Deno.execPath(), {
      args: ["run", "-A", PROCESS, name, JSON.stringify(given)],
      stdin: "piped",
      stdout: "piped",
    }).spawn();
    this.pid = this.#child.pid;
    this.#orders = this.#child.stdin.getWriter();
    const output = this.#child.stdout as NodeReadableStream<Uint8Array>;
    this.#lines = createInterface({ input: Readable.fromWeb(output) });
    this.#answers = this.#lines[Symbol.asyncIterator]();
    this.#child.status.then(() => this.#ended = true);
  }

  /** Carries out one order; throws what went wrong there. One at a time. */
  async do<Name extends OrderName>(
    name: Name,
    asked: Orders[Name]["asked"],
    limitMs = ORDER_LIMIT_MS,
  ): Promise<Orders[Name]["gives"]> {
    await this.#orders.write(encoder.encode(`${JSON.stringify({ name, asked })}\n`));
    const limit = setTimeout(() => this.kill(), limitMs);
    const { value, done } = await this.#answers.next();
    clearTimeout(limit);
    if (done) throw new Error(`${this.name} ended while it was to ${name}`);
    const answer: Answer = JSON.parse(value);
    if (!answer.ok) throw new Error(`${this.name} could not ${name}: ${answer.error}`);
    return answer.gives as Orders[Name]["gives"];
  }

  /** Ends it where it stands; the servers that it started hear of it from the kernel. */
  kill(): void {
    this.#killed = true;
    if (!this.#ended) this.#child.kill("SIGKILL");
  }

  async [Symbol.asyncDispose](): Promise<void> {
    try {
      if (!this.#ended && !this.#killed) await this.do("close", null, CLOSE_LIMIT_MS);
    } catch (error) {
      console.error(`${this.name} did not close in peace.`, error);
    }
    this.kill();
    await this.#child.status;
    this.#lines.close();
    await this.#orders.abort().catch(() => {});
  }
}

const encoder = new TextEncoder();
