// A real OpenID provider on this computer. Whoever logs in by a name gets the claims of that name.
import { Provider } from "oidc-provider";

const [issuer, address, people] = process.argv.slice(2);
const claims = JSON.parse(people);
const provider = new Provider(issuer, {
  clients: [
    {
      client_id: "monitor",
      client_secret: process.env.GEHEIM,
      redirect_uris: [`${address}/inloggen/terug`],
      post_logout_redirect_uris: [`${address}/uitgelogd`],
    },
  ],
  claims: { openid: ["sub"], profile: ["preferred_username", "roles", "gemeenten"] },
  pkce: { required: () => true },
  cookies: { keys: ["alleen voor toetsen"] },
  findAccount: (context, id) => ({
    accountId: id,
    claims: () => ({ sub: id, preferred_username: id, ...claims[id] }),
  }),
});
provider.on("server_error", (context, fault) => console.error(fault));
const { hostname, port } = new URL(issuer);
provider.listen(Number(port), hostname, () => console.log("klaar"));
