import type { AccountEntry, Entry } from "../domain/entry.ts";
import type { CommitOutcome } from "../ports/commit_outcome.ts";
import type { LedgerStore } from "../ports/ledger_store.ts";
import type { Backoff } from "../ports/surroundings.ts";
import { CommitRounds } from "./commit_rounds.ts";
import { answerAll, type DecidedGroup, decideGroup, leftBy } from "./decided_group.ts";
import type { Policy } from "./policy.ts";
import {
  type CommitResult,
  failAll,
  inLine,
  queriesOf,
  type Undertaking,
  type Waiting,
} from "./undertaking.ts";

/** No group is larger, whatever the store could take: its members wait for one another. */
const GROUP_AT_MOST = 1_000;

/** So many may always go together: two commits of next to nothing are no quicker than one. */
const GROUP_AT_LEAST = 16;

/** Holds commits back while what follows from them, the log above all, is too far behind. */
export interface Brake {
  /** Waits until there is room for more; false when there will not be soon: nothing may be committed. */
  released(): Promise<boolean>;
}

/** A group whose commit was sent. */
interface Flight extends DecidedGroup {
  readonly landed: Promise<CommitOutcome>;
}

/**
 * Commits undertakings in groups: those that arrive while a commit is in flight are decided one after
 * another on the state that the group builds up, written as one atomic, and answered together. A lone
 * one goes at once. One account or outcome that everybody wants is thereby the cheap case.
 *
 * Where the store can tell what will be so once the commit in flight is stored, the next group is
 * decided on that meanwhile and goes out in the moment of its landing. It is half of all who wait or
 * fly, so that store and decisions keep one another busy.
 *
 * It decides nothing about being right: the checks in the commit do, across all processes. When a
 * group's commit fails, what was decided behind it is decided anew.
 */
export class GroupCommitter {
  readonly #line: Waiting[] = [];
  readonly #rounds: CommitRounds;
  #atWork = false;
  /** Whether the store could foresee what follows when it was asked last. */
  #foresees = false;
  /** Hears when somebody joins the line. */
  #joined: () => void = () => {};

  constructor(
    readonly ports: {
      readonly ledger: LedgerStore;
      readonly backoff: Backoff;
      readonly brake: Brake;
    },
    readonly policy: Pick<Policy, "commitAttempts" | "waitingAtMost">,
  ) {
    this.#rounds = new CommitRounds(ports, policy);
  }

  /**
   * Does it, or finds that it was done. Answers `contended` at once when the line is full. Nobody who
   * stops waiting for the answer changes what happens.
   */
  submit<Result, Own extends Entry = AccountEntry>(
    undertaking: Undertaking<Result, Own>,
  ): Promise<CommitResult<Result>> {
    if (this.#line.length >= this.policy.waitingAtMost) {
      return Promise.resolve({ kind: "contended" });
    }
    const { waiting, result } = inLine(undertaking);
    this.#line.push(waiting);
    if (this.#atWork) this.#joined();
    else this.#work();
    return result;
  }

  async #work(): Promise<void> {
    this.#atWork = true;
    // Let those that arrive in this very turn of the event loop join the first group.
    await Promise.resolve();
    let flight: Flight | null = null;
    while (flight || this.#line.length > 0) {
      flight = flight ? await this.#follow(flight) : await this.#takeOff();
    }
    this.#atWork = false;
  }

  /** Sends a group when nothing is in flight; null when nothing is afterwards either. */
  async #takeOff(): Promise<Flight | null> {
    const group = this.#nextGroup(0);
    if (group.length === 0) return null;
    try {
      if (!await this.ports.brake.released()) {
        for (const waiting of group) waiting.settle({ kind: "contended" });
        return null;
      }
      const how = { fresh: false };
      const view = await this.#rounds.view(group, how);
      if (view) return this.#send(decideGroup(group, view, how));
      await this.#rounds.run(group);
    } catch (error) {
      // A defect of ours: whoever has no answer yet must not wait for ever.
      failAll(group, error);
    }
    return null;
  }

  /** Sees a flight through, and sends the group that was decided meanwhile; null when there is none. */
  async #follow(flight: Flight): Promise<Flight | null> {
    let next: DecidedGroup | null = null;
    const foreseen = this.#foresee(flight).then((decided) => next = decided);
    try {
      const outcome = await flight.landed;
      if (outcome === "committed" && flight.stale.length === 0) {
        const ready = next && this.#send(next);
        answerAll(flight);
        if (ready) return ready;
        const late = await foreseen;
        return late && this.#send(late);
      }
      if (outcome === "committed") answerAll(flight);
      this.#putBack(await foreseen);
      await this.#rounds.run(leftBy(flight, outcome));
    } catch (error) {
      failAll([...flight.answers.keys(), ...flight.stale], error);
      this.#putBack(await foreseen);
    }
    return null;
  }

  /** Decides the next group on what will be so once the flight has landed; null when that cannot be. */
  async #foresee(flight: Flight): Promise<DecidedGroup | null> {
    let landed = false;
    const landing = flight.landed.then(() => landed = true, () => landed = true);
    await Promise.race([landing, this.#asManyAs(flight.answers.size)]);
    if (landed) return null;
    const released = this.ports.brake.released().catch(() => false);
    if (!await Promise.race([released, landing.then(() => false)])) return null;
    const group = this.#nextGroup(flight.answers.size);
    try {
      const view = await this.ports.ledger.foresee(queriesOf(group));
      this.#foresees = view !== null;
      if (view) return decideGroup(group, view, { fresh: false });
    } catch {
      // What goes wrong with it here goes wrong again, and is dealt with, when it is tried in earnest.
    }
    this.#line.unshift(...group);
    return null;
  }

  /** Settles once that many are in line. */
  #asManyAs(count: number): Promise<void> {
    const enough = Promise.withResolvers<void>();
    this.#joined = () => {
      if (this.#line.length >= count) enough.resolve();
    };
    this.#joined();
    return enough.promise;
  }

  /** Takes from the line who go together while `flying` others are in flight. */
  #nextGroup(flying: number): readonly Waiting[] {
    const all = this.#line.length + flying;
    const share = this.#foresees ? Math.ceil(all / 2) : all;
    const most = Math.min(GROUP_AT_MOST, Math.max(GROUP_AT_LEAST, share));
    const group = this.#line.splice(0, most);
    try {
      const fit = this.ports.ledger.fits(queriesOf(group));
      this.#line.unshift(...group.splice(fit));
      return group;
    } catch (error) {
      failAll(group, error);
      return [];
    }
  }

  #send(decided: DecidedGroup): Flight {
    return { ...decided, landed: this.#commit(decided) };
  }

  async #commit({ view, entries }: DecidedGroup): Promise<CommitOutcome> {
    return entries.length === 0 ? "committed" : await this.ports.ledger.commit(view, entries);
  }

  /** What a group was decided on did not come to be. */
  #putBack(decided: DecidedGroup | null): void {
    if (decided) this.#line.unshift(...decided.answers.keys(), ...decided.stale);
  }
}
