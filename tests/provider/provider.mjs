// A certified OpenID provider (npm oidc-provider), as a government's single sign-on would be: whoever names
// themselves is let in. Told in the first argument: {issuer, port, clients, amr}.
import http from "node:http";
import Provider from "oidc-provider";

// Its own page would fetch letters from the outside.
function leaving(context, form) {
  context.body = `<!doctype html><html lang="zh"><title>退出</title>${form}
<button form="op.logoutForm" name="logout" value="yes">都退出</button></html>`;
}

const told = JSON.parse(process.argv[2]);
const provider = new Provider(told.issuer, {
  acrValues: ["urn:strong"],
  claims: { openid: ["sub", "amr"], profile: ["preferred_username"], acr: null },
  clients: told.clients,
  cookies: { keys: ["of a test"] },
  features: { devInteractions: { enabled: false }, rpInitiatedLogout: { logoutSource: leaving } },
  findAccount: (_context, id) => ({
    accountId: id,
    claims: () => ({ sub: id, preferred_username: `${id}@gov` }),
  }),
  interactions: { url: (_context, one) => `/interaction/${one.uid}` },
  // The government's own sites ask nobody's consent.
  async loadExistingGrant(context) {
    const grant = new context.oidc.provider.Grant({
      accountId: context.oidc.session.accountId,
      clientId: context.oidc.client.clientId,
    });
    grant.addOIDCScope("openid profile");
    await grant.save();
    return grant;
  },
  pkce: { required: () => true },
});

const page = (uid) => `<!doctype html><html lang="zh"><title>统一身份认证</title>
<form method="post" action="/interaction/${uid}"><label>身份 <input name="who"></label>
<label>方式 <input name="amr" value="pwd"></label><label>强度 <input name="acr"></label>
<button>进入</button><button name="cancel" value="1">不登录</button></form></html>`;

async function interaction(request, response) {
  const { uid } = await provider.interactionDetails(request, response);
  if (request.method === "GET") {
    response.setHeader("Content-Type", "text/html; charset=utf-8");
    return response.end(page(uid));
  }
  let sent = "";
  for await (const part of request) sent += part;
  const form = new URLSearchParams(sent);
  const login = { accountId: form.get("who"), amr: form.get("amr").split(" ") };
  if (form.get("acr")) login.acr = form.get("acr");
  const result = form.get("cancel") ? { error: "access_denied" } : { login };
  return provider.interactionFinished(request, response, result);
}

const answer = provider.callback();
http
  .createServer((request, response) => {
    if (!request.url.startsWith("/interaction/")) return answer(request, response);
    return interaction(request, response).catch((error) => {
      response.statusCode = 400;
      response.end(String(error));
    });
  })
  .listen(told.port, "127.0.0.1");
