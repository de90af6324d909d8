import { assetPath } from "../assets/serve.ts";
import { Document } from "../page/document.tsx";

interface Props {
  readonly nonce: string;
  readonly to: string;
  /** Why the last try did not succeed. */
  readonly fault?: string | undefined;
  /** Whether there is no key to prove a session with. */
  readonly isClosed: boolean;
}

/** Where one signs in with a token. */
export function SignInPage({ nonce, to, fault, isClosed }: Props) {
  return (
    <Document title="Sign in" nonce={nonce}>
      <body class="sign-in">
        <main id="main">
          <h1>
            <img src={assetPath("mark.svg")} alt="" width="28" height="28" /> hookswitch
          </h1>
          {isClosed ? (
            <p class="lead">
              Nobody can sign in here with a token: the Worker has no secret <code>RELAY_KEY</code> to prove a session
              with. <code>npm run deploy</code> makes one.
            </p>
          ) : (
            <form method="post" action="/dashboard/sign-in" data-sign-in="">
              <input type="hidden" name="to" value={to} />
              <label for="token">Token</label>
              <input
                id="token"
                name="token"
                type="password"
                autocomplete="current-password"
                required
                autofocus
                aria-describedby={fault === undefined ? "about" : "fault about"}
                aria-invalid={fault === undefined ? undefined : "true"}
                spellcheck={false}
              />
              {fault === undefined ? null : (
                <p id="fault" class="fault" role="alert">
                  {fault}
                </p>
              )}
              <button type="submit">Sign in</button>
              <p id="about" class="note">
                A named token (<code>hst_…</code>, made on the page Tokens or with <code>npx hookswitch tokens</code>),
                or the Worker's secret <code>ADMIN_TOKEN</code>. You stay signed in for 12 hours.
              </p>
            </form>
          )}
        </main>
      </body>
    </Document>
  );
}
