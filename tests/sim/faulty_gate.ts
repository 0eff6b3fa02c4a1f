import type { CallGate, CallKind } from "./fake_kv/call_gate.ts";
import type { FakeDatabase } from "./fake_kv/fake_database.ts";
import type { CommitFate, Faults } from "./faults.ts";
import type { PostOffice } from "./post_office.ts";
import type { Actor, Scheduler } from "./scheduler.ts";

/** What a gate stands between, and who decides there. */
export interface Surroundings {
  readonly scheduler: Scheduler;
  readonly faults: Faults;
  readonly database: FakeDatabase;
  readonly postOffice: PostOffice;
}

/**
 * The way of one process to the database. What a call does and what it answers are two steps, and
 * anything may happen before, between and after them: others' steps, faults, the process's death.
 */
export class FaultyGate implements CallGate {
  constructor(readonly surroundings: Surroundings, readonly actor: Actor) {}

  pass<Result>(kind: CallKind, effect: () => Result): Promise<Result> {
    const { faults } = this.surroundings;
    if (kind === "commit") return this.#commit(effect, faults.commitFate());
    return this.#call(kind, faults.readFails() ? failing("the read failed") : effect);
  }

  listen(handler: (message: unknown) => unknown): Promise<void> {
    return this.surroundings.postOffice.listen(this.actor, handler);
  }

  close(): void {
    this.surroundings.postOffice.leave(this.actor);
  }

  #commit<Result>(effect: () => Result, fate: CommitFate): Promise<Result> {
    switch (fate) {
      case "storedAndTold":
        return this.#call("commit", effect, effect);
      case "lostBeforeStored":
        return this.#call(fate, failing("the connection was lost"));
      case "storedButUntold":
        return this.#call(fate, () => (effect(), fail("the connection was lost")), effect);
      case "storedAfterFailure":
        return this.#call(fate, () => (this.#later(effect), fail("the connection was lost")));
      case "locked":
        return this.#call(fate, () => {
          throw new TypeError(LOCKED);
        });
      case "resent":
        return this.#call(fate, () => (effect(), effect()), effect);
    }
  }

  /** `lastWill` may still be done by the database when the process dies over the call. */
  #call<Result>(
    what: string,
    effect: () => Result,
    lastWill?: () => void,
  ): Promise<Result> {
    const { scheduler, faults } = this.surroundings;
    const { actor } = this;
    if (!actor.alive) return new Promise(() => {});
    return new Promise<Result>((resolve, reject) => {
      scheduler.after(faults.slownessMs(), {
        actor,
        what,
        run: () => {
          const tell = told(effect, resolve, reject);
          if (faults.answersAtOnce()) tell();
          else scheduler.after(faults.slownessMs(), { actor, what: "hears", run: tell });
        },
        ...(lastWill ? { dying: () => faults.random.chance(0.5) && attempt(lastWill) } : {}),
      });
    });
  }

  /** Done by the database in its own time, whatever becomes of the process. */
  #later(effect: () => void): void {
    const { scheduler, faults, postOffice } = this.surroundings;
    scheduler.after(faults.someTimeMs(), {
      actor: postOffice.actor,
      what: "a late commit",
      run: () => attempt(effect),
    });
  }
}

/** What an injected fault throws, so that nobody takes a defect for one. */
class InjectedFault extends Error {}

/** Whether an error is, or comes from, a fault that was injected, not a defect. */
export function isInjected(error: unknown): boolean {
  return error instanceof InjectedFault ||
    (error instanceof Error && (error.message === LOCKED || error.message === GAVE_UP));
}

const LOCKED = "database is locked";

/** What the home says of a log that it could not write; it does not say why. */
const GAVE_UP = "the log could not be written, attempt after attempt";

/** Does it now, and answers what tells of it. */
function told<Result>(
  effect: () => Result,
  resolve: (result: Result) => void,
  reject: (error: unknown) => void,
): () => void {
  try {
    const result = effect();
    return () => resolve(result);
  } catch (error) {
    return () => reject(error);
  }
}

/** What it throws is told to nobody: the one who asked is gone. */
function attempt(effect: () => void): void {
  told(effect, () => {}, () => {});
}

function failing(reason: string): () => never {
  return () => fail(reason);
}

function fail(reason: string): never {
  throw new InjectedFault(reason);
}
