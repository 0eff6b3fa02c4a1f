/** Answers every request with something of a bet's size after parsing its body; decides nothing. */
Deno.serve(
  { hostname: "127.0.0.1", port: Number(Deno.args[0]), onListen: () => {} },
  async (request) => {
    const { legs, stakeMinor } = await request.json();
    const accountId = "acc_0000000000000000";
    const bet = {
      ...{ id: "bet_0000000000000000_2", requestId: request.headers.get("idempotency-key") },
      ...{ accountId, status: "open", legs, stakeMinor, currency: "GBP" },
      ...{ potentialReturnsMinor: 250, placedAt: "2026-01-01T00:00:00.000Z" },
    };
    const account = {
      ...{ id: accountId, currency: "GBP", balanceMinor: 99_900, heldMinor: 0 },
      ...{ availableMinor: 99_900, status: "open", version: 2 },
    };
    return Response.json({ bet, account }, { status: 201 });
  },
);
