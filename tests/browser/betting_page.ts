import type { Locator, Page } from "playwright-core";
import { eventually } from "./eventually.ts";

/** What a person does on a betting page, by the names that are on it. */
export class BettingPage {
  constructor(readonly page: Page) {}

  /** Opens the lobby and waits for the play money. */
  async open(): Promise<void> {
    await this.page.goto("/");
    await this.balanceIs("£1,000.00");
  }

  /** Presses the first price of this name: "<selection> <price>". */
  async press(price: string): Promise<void> {
    await this.price(price).click();
  }

  /** The first price button of this name. */
  price(name: string): Locator {
    return this.page.getByRole("button", { name, exact: true }).first();
  }

  get stake(): Locator {
    return this.page.getByLabel("Stake", { exact: true });
  }

  /** The button that places the bet; its name begins so and goes on with the amount. */
  get place(): Locator {
    return this.page.getByRole("button", { name: /^Place bet/ });
  }

  /** The button that makes a held stake of £5.00 a bet. */
  get confirm(): Locator {
    return this.page.getByRole("button", { name: "Confirm bet · £5.00", exact: true });
  }

  /** Where the slip says what became of the bet. */
  get status(): Locator {
    return this.page.getByRole("region", { name: "Bet slip" }).getByRole("status");
  }

  /** Waits until the slip says this. */
  async says(words: string): Promise<void> {
    await this.status.filter({ hasText: words }).waitFor();
  }

  /** Waits until the top bar shows this as available. */
  async balanceIs(amount: string): Promise<void> {
    await this.page.getByRole("banner").getByText(amount, { exact: true }).waitFor();
  }

  /** The bets of the person whose browser this is, as the API knows them. */
  async bets(): Promise<readonly { readonly id: string; readonly requestId: string }[]> {
    const response = await this.page.request.get("/api/bets");
    return (await response.json()).bets;
  }

  /** Waits until the log has a record of a bet of this person. */
  async betIsLogged(): Promise<void> {
    await eventually(async () => {
      const response = await this.page.request.get("/api/audit/records");
      const { records } = await response.json();
      return records.some(({ type }: { type: string }) => type === "bet.placed") || null;
    }, { withinMs: 5_000, what: "the bet's record" });
  }

  /** What the person can stake, as the API knows it. */
  async availableMinor(): Promise<number> {
    const response = await this.page.request.get("/api/account");
    return (await response.json()).availableMinor;
  }
}
