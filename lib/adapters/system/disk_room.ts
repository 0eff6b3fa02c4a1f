import { statfsSync } from "node:fs";

/** What is left free: enough for SQLite's log of changes to be moved to its place, and then some. */
const RESERVE_BYTES = 16 * 2 ** 20;

/** Of a small disk at most this share. */
const RESERVE_SHARE = 0.4;

/** How often the disk is looked at, at most. */
const LOOK_EVERY_MS = 20;

/**
 * Tells whether the disk of a folder has room for more. It says no while a reserve is still free: on a
 * disk that is full to the last byte Deno KV cannot move a message of its queue, and then it ends the
 * whole process; and the log must still be able to take what was committed before.
 */
export function diskRoom(folder: string): () => boolean {
  let lookedMs = -Infinity;
  let hasRoom = true;
  return () => {
    const nowMs = performance.now();
    if (nowMs - lookedMs < LOOK_EVERY_MS) return hasRoom;
    lookedMs = nowMs;
    const before = hasRoom;
    hasRoom = roomIn(folder);
    if (before && !hasRoom) {
      console.error(`The disk of ${folder} is full but for a reserve: nothing is taken any more.`);
    } else if (!before && hasRoom) console.error(`The disk of ${folder} has room again.`);
    return hasRoom;
  };
}

function roomIn(folder: string): boolean {
  const { bavail, blocks, bsize } = statfsSync(folder);
  // A file system that does not say how large it is has no end that is known.
  if (blocks === 0) return true;
  return bavail * bsize > Math.min(RESERVE_BYTES, blocks * bsize * RESERVE_SHARE);
}
