import type { OpenApiDocument } from "./openapi.ts";
import { type Field, fieldsOf, nameOf, type SchemaNode, typeOf } from "./schema_fields.ts";

/** One operation as the reference shows it. */
export interface ReferenceOperation {
  readonly id: string;
  readonly method: string;
  readonly path: string;
  readonly summary: string;
  readonly needsSession: boolean;
  readonly parameters: readonly Field[];
  readonly body: readonly Field[];
  readonly answer: {
    readonly status: string;
    readonly description: string;
    /** The name of its schema, when it has one; its members are then in {@link shapesOf}. */
    readonly shape: string | null;
    readonly fields: readonly Field[];
  };
  /** Statuses, each with the kinds of problems that have it. */
  readonly problems: readonly { readonly status: string; readonly kinds: readonly string[] }[];
}

/** A schema with a name. */
export interface ReferenceShape {
  readonly name: string;
  readonly fields: readonly Field[];
}

/** The operations of an OpenAPI document, in its order. */
export function operationsOf(document: OpenApiDocument): readonly ReferenceOperation[] {
  const { paths, components } = read(document);
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]): ReferenceOperation => {
      const answers = Object.entries(operation.responses);
      const [status, answer] = answers.find(([status]) => status.startsWith("2")) ?? ["", null];
      const schema = schemaOf(answer?.content);
      const body = schemaOf(operation.requestBody?.content);
      return {
        id: operation.operationId,
        method: method.toUpperCase(),
        path,
        summary: operation.summary,
        needsSession: operation.security.length > 0,
        parameters: (operation.parameters ?? []).map(parameterField),
        body: fieldsOf(resolved(body, components.schemas)),
        answer: {
          status,
          description: answer?.description ?? "",
          shape: schema.$ref === undefined ? null : nameOf(schema.$ref),
          fields: fieldsOf(schema),
        },
        problems: answers.filter(([status]) => !status.startsWith("2")).map((
          [status, problem],
        ) => ({
          status,
          kinds: [...problem.description.matchAll(/`([a-z-]+)`/g)].map(([, slug = ""]) => slug),
        })),
      };
    })
  );
}

/** The named schemas of an OpenAPI document that answers consist of. */
export function shapesOf(document: OpenApiDocument): readonly ReferenceShape[] {
  const { paths, components } = read(document);
  const bodies = new Set(
    Object.values(paths).flatMap((methods) => Object.values(methods))
      .map((operation) => schemaOf(operation.requestBody?.content).$ref ?? "").map(nameOf),
  );
  return Object.entries(components.schemas).filter(([name]) => !bodies.has(name))
    .map(([name, schema]) => ({ name, fields: fieldsOf(schema) }));
}

type Content = Readonly<Record<string, { readonly schema: SchemaNode }>>;

interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly required?: boolean;
  readonly schema: SchemaNode;
}

interface Read {
  readonly paths: Readonly<
    Record<
      string,
      Readonly<
        Record<string, {
          readonly operationId: string;
          readonly summary: string;
          readonly security: readonly unknown[];
          readonly parameters?: readonly Parameter[];
          readonly requestBody?: { readonly content: Content };
          readonly responses: Readonly<
            Record<string, { readonly description: string; readonly content?: Content }>
          >;
        }>
      >
    >
  >;
  readonly components: { readonly schemas: Readonly<Record<string, SchemaNode>> };
}

/** As its readers get it: text, from which whatever JSON does not have is gone. */
function read(document: OpenApiDocument): Read {
  return JSON.parse(JSON.stringify(document));
}

function schemaOf(content: Content | undefined): SchemaNode {
  return Object.values(content ?? {})[0]?.schema ?? {};
}

function resolved(schema: SchemaNode, named: Read["components"]["schemas"]): SchemaNode {
  return schema.$ref === undefined ? schema : named[nameOf(schema.$ref)] ?? {};
}

function parameterField(parameter: Parameter): Field {
  const [field] = fieldsOf({ properties: { [parameter.name]: parameter.schema } });
  return {
    name: `${parameter.name} (${parameter.in})`,
    type: typeOf(parameter.schema),
    required: parameter.required ?? false,
    note: field?.note ?? "",
  };
}
