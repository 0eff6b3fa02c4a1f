/** A peer that cannot be had on this machine; its message is one line that says what to do. */
export class PeerMissing extends Error {
  override readonly name = "PeerMissing";
}

/** Installing a package, index update included, takes seconds; a mirror that hangs must not hold us. */
const INSTALL_LIMIT_MS = 180_000;

/**
 * Answers what `find` finds, installing the Debian package first when it finds nothing. The package
 * may bring a service of its own; it is asked not to start, and it is never the one that is measured.
 */
export async function findOrInstall<Found>(
  debianPackage: string,
  find: () => Promise<Found | null>,
): Promise<Found> {
  const there = await find();
  if (there !== null) return there;
  const byHand = `install the Debian package ${debianPackage}, or leave it out with --only`;
  if (Deno.uid() !== 0) {
    throw new PeerMissing(`${debianPackage} is missing and only root may install it: ${byHand}.`);
  }
  console.error(`Installing ${debianPackage} …`);
  await aptGet("update", "-qq");
  const said = await aptGet("install", "-y", "-qq", "--no-install-recommends", debianPackage);
  const found = await find();
  if (found === null) {
    throw new PeerMissing(`${debianPackage} cannot be installed (${said}): ${byHand}.`);
  }
  return found;
}

/** The last line that apt-get said, or why it could not be run. */
async function aptGet(...args: string[]): Promise<string> {
  try {
    const { stdout, stderr } = await new Deno.Command("apt-get", {
      args,
      env: { DEBIAN_FRONTEND: "noninteractive", RUNLEVEL: "1" },
      stdin: "null",
      signal: AbortSignal.timeout(INSTALL_LIMIT_MS),
    }).output();
    const decoder = new TextDecoder();
    return (decoder.decode(stderr) || decoder.decode(stdout)).trim().split("\n").at(-1) ?? "";
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
