// Pure: what an error page says.

/** What happened, and what it means, for a page that could not be shown. `said` are the server's own words. */
export function errorWords(
  status: number,
  said: string,
): { readonly title: string; readonly details: string } {
  if (status === 404) {
    return {
      title: "There is no such page",
      details: "The address may be mistyped, the event may be over, or the bet may belong to " +
        "another account. Your money and your bets are not affected.",
    };
  }
  if (status === 503) {
    return {
      title: "We are too busy just now",
      details: "Nothing was changed and nothing was charged. Wait a few seconds and try again.",
    };
  }
  if (status < 500) {
    return {
      title: "We cannot do that",
      details: said || "The request was not one we understand. Nothing was changed.",
    };
  }
  return {
    title: "This page failed on our side",
    details: "Your money and your bets are safe: a bet is placed once or not at all, and My bets " +
      "shows every one that was. Reload the page, or go back to the lobby.",
  };
}
