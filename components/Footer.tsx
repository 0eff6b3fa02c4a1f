/** The end of every page: what else there is. */
export function Footer() {
  return (
    <footer class="foot">
      <p>Every bet is placed exactly once and stands in the audit log a moment later.</p>
      <ul>
        <li>
          <a href="/audit">Audit log</a>
        </li>
        <li>
          <a href="/docs/api">API for programs</a>
        </li>
      </ul>
    </footer>
  );
}
