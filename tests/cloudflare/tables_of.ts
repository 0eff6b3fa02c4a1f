/** A statement on the tables of one home: all homes of a workerd share its D1. */
export function tablesOf(home: string, statement: string): string {
  return statement.replaceAll(/\b(record|record_by_chain|dead_letter)\b/gi, `$1_${home}`);
}
