/** As much of a JSON Schema as a reader of the reference is shown. */
export interface SchemaNode {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly SchemaNode[];
  readonly items?: SchemaNode;
  readonly properties?: Readonly<Record<string, SchemaNode>>;
  readonly required?: readonly string[];
  readonly description?: string;
  readonly default?: unknown;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly pattern?: string;
}

/** One member of a body or an answer, as a line of the reference. */
export interface Field {
  /** Its place: "legs[].price". */
  readonly name: string;
  readonly type: string;
  readonly required: boolean;
  /** What it means, and its limits. */
  readonly note: string;
}

/** Schemas nest no deeper than this; a named one is not followed. */
const MAX_DEPTH = 6;

/** The members of a schema, outermost first, those of lists and objects behind their own. */
export function fieldsOf(schema: SchemaNode, place = "", depth = 0): readonly Field[] {
  if (depth > MAX_DEPTH || schema.$ref !== undefined) return [];
  if (schema.items) return fieldsOf(schema.items, `${place}[]`, depth + 1);
  return Object.entries(schema.properties ?? {}).flatMap(([member, inner]) => {
    const name = place === "" ? member : `${place}.${member}`;
    const required = schema.required?.includes(member) ?? false;
    const field = { name, type: typeOf(inner), required, note: noteOf(inner) };
    return [field, ...fieldsOf(inner, name, depth + 1)];
  });
}

/** A schema's type in words. */
export function typeOf(schema: SchemaNode): string {
  if (schema.$ref !== undefined) return nameOf(schema.$ref);
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(" or ");
  if (schema.anyOf) return [...new Set(schema.anyOf.map(typeOf))].join(" or ");
  if (schema.items) return `list of ${typeOf(schema.items)}`;
  return [schema.type ?? "anything"].flat().map((type) => WORDS[type] ?? type).join(" or ");
}

/** The name of a schema that has one. */
export function nameOf(reference: string): string {
  return reference.slice(reference.lastIndexOf("/") + 1);
}

const WORDS: Readonly<Record<string, string>> = {
  integer: "whole number",
  string: "text",
  boolean: "true or false",
};

function noteOf(schema: SchemaNode): string {
  return [schema.description ?? "", ...limitsOf(schema)].filter((part) => part !== "").join(" ");
}

function limitsOf(schema: SchemaNode): readonly string[] {
  const { pattern } = schema;
  return [
    range("From", schema.minimum, schema.maximum),
    range("Characters:", schema.minLength, schema.maxLength),
    range("Items:", schema.minItems, schema.maxItems),
    pattern === undefined ? "" : `Pattern: ${pattern}`,
    schema.default === undefined ? "" : `Default: ${JSON.stringify(schema.default)}.`,
  ];
}

/** Limits that every whole number of I-JSON has are not worth a word. */
function range(word: string, low: number | undefined, high: number | undefined): string {
  const least = low === undefined || low <= Number.MIN_SAFE_INTEGER ? null : String(low);
  const most = high === undefined || high >= Number.MAX_SAFE_INTEGER ? null : String(high);
  if (least === null && most === null) return "";
  if (least === most) return `${word} exactly ${least}.`;
  if (most === null) return `${word} ${least} up.`;
  if (least === null) return `${word} up to ${most}.`;
  return `${word} ${least} to ${most}.`;
}
