import { PRICE_FORMATS, type PriceFormat, priceText } from "../lib/site/price_text.ts";

/** The format in force, and whether it was chosen a moment ago. */
export interface PriceFormatFormProps {
  readonly format: PriceFormat;
  readonly saved: boolean;
}

const WORDS: { readonly [format in PriceFormat]: string } = {
  decimal: "Decimal",
  fractional: "Fractional",
  american: "American",
};

const EXAMPLE = { num: 5, den: 2 };

/** The choice of how prices are written. A form, so that it works without JavaScript. */
export function PriceFormatForm({ format, saved }: PriceFormatFormProps) {
  return (
    <form method="post" action="/account">
      <fieldset class="choices-list">
        <legend>Show prices as</legend>
        {PRICE_FORMATS.map((choice) => (
          <label class="choice" key={choice}>
            <input type="radio" name="format" value={choice} checked={choice === format} />
            {WORDS[choice]}
            <span class="choice-example">{priceText(EXAMPLE, choice)}</span>
          </label>
        ))}
      </fieldset>
      <div class="buttons">
        <button type="submit" class="button">Save</button>
        {saved && <p role="status">Saved.</p>}
      </div>
    </form>
  );
}
