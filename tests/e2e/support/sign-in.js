import { request } from "@playwright/test";

/** The browser state of a person who followed their sign-in link. */
export async function signIn(server, viewer) {
  const visitor = await request.newContext();
  const answer = await visitor.get(await server.signInLink(viewer));
  if (!answer.ok()) throw new Error(`the sign-in link answered ${answer.status()}`);
  const state = await visitor.storageState();
  await visitor.dispose();
  return state;
}
