type Role = "player" | "trader" | "auditor";

/** The role of the session; null without one. */
export interface RoleFormProps {
  readonly role: Role | null;
}

const ROLES: readonly { readonly role: Role; readonly name: string; readonly words: string }[] = [
  { role: "player", name: "Player", words: "Places bets with £1,000 of play money." },
  { role: "auditor", name: "Auditor", words: "Reads and verifies the whole audit log." },
  { role: "trader", name: "Trader", words: "Sees what the book could lose, and runs its markets." },
];

/** The roles of the demo, each with a button to take it. A form, so that it works without JavaScript. */
export function RoleForm({ role }: RoleFormProps) {
  return (
    <>
      <p class="quiet">
        Your account and its money stay yours when you change the role and come back.
      </p>
      <ul class="roles">
        {ROLES.map((choice) => (
          <li key={choice.role}>
            <div>
              <h3>{choice.name}</h3>
              <p class="quiet">{choice.words}</p>
            </div>
            {choice.role === role
              ? <p class="role-now">Your role now</p>
              : (
                <form method="post" action="/demo">
                  <input type="hidden" name="role" value={choice.role} />
                  <button type="submit" class="button button--quiet">
                    {role === null && choice.role === "player"
                      ? "Start with £1,000 of play money"
                      : `Become ${choice.role}`}
                  </button>
                </form>
              )}
          </li>
        ))}
      </ul>
    </>
  );
}
