// The search box: words, quoted words, and every place they may stand in.

import { outcome } from "../fixtures/call.js";
import { WORD_OF_A_RESPONSE, WORDS_OF_A_RESPONSE } from "../fixtures/shop.js";
import { expect, test } from "./support/test.js";

const answered = (call) => outcome(call) !== "no_response";
const holding = (word) => (call) => JSON.stringify(call).toLowerCase().includes(word.toLowerCase());

test("a word that stands only in a response body finds its call", async ({ logs, shop }) => {
  await logs.open();
  await logs.search(WORD_OF_A_RESPONSE);
  const found = shop.filter(holding(WORD_OF_A_RESPONSE));
  expect(found).toHaveLength(1);
  await logs.expectCalls(found);
  await logs.expectQuery({ q: WORD_OF_A_RESPONSE });
});

test("the address searches, and the box says what for", async ({ logs, shop }) => {
  await logs.open(`q=${WORD_OF_A_RESPONSE}`);
  await expect(logs.searchBox).toHaveValue(WORD_OF_A_RESPONSE);
  await logs.expectCalls(shop.filter(holding(WORD_OF_A_RESPONSE)));
});

test("quoted words stand together, bare ones anywhere", async ({ logs, shop }) => {
  await logs.open();
  await logs.search(`"${WORDS_OF_A_RESPONSE}"`);
  await logs.expectCalls(shop.filter(holding(WORDS_OF_A_RESPONSE)));
  await logs.search('"kingfisher blue"');
  await logs.expectCalls([]);
  await logs.search("kingfisher blue");
  await logs.expectCalls(shop.filter(holding(WORDS_OF_A_RESPONSE)));
});

for (const { where, words } of [
  { where: "the URL, whatever its case", words: "THREE-WEEKS-AGO" },
  { where: "the name of a bot, in any script", words: "予約" },
  { where: "the end user's name", words: "आशा" },
  { where: "the agent of the inbox", words: "Ravi Patel" },
  { where: "the error text of a script", words: "basket.sum is not a function" },
  { where: "an error code in a body", words: "invalid_session_id" },
]) {
  test(`search looks into ${where}`, async ({ logs, shop }) => {
    const quoted = words.includes(" ") ? `"${words}"` : words;
    await logs.open(new URLSearchParams({ q: quoted }).toString());
    const found = shop.filter(answered).filter(holding(words));
    expect(found.length).toBeGreaterThan(0);
    await logs.expectCalls(found);
  });
}

test("search and filters narrow each other", async ({ logs, shop }) => {
  await logs.open();
  await logs.choose("Response status", "Error");
  await logs.search("calendar");
  await logs.expectQuery({ q: "calendar", status: "error" });
  await logs.expectCalls(shop.filter((call) => outcome(call) === "error").filter(holding("calendar")));
});

test("qualifiers, alternatives and what is excluded narrow the list", async ({ logs, shop }) => {
  await logs.open();
  await logs.search('code:(404 OR 5xx) -app:"Google Calendar"');
  const found = shop.filter(({ response, application }) => {
    const status = response?.status ?? 0;
    return (status === 404 || status >= 500) && application !== "google_calendar";
  });
  expect(found.length).toBeGreaterThan(2);
  await logs.expectCalls(found);
});

test("an unknown field is said, the calls stay, and it can be searched for as text", async ({ logs, page, shop }) => {
  await logs.open();
  await logs.search("kingfisher");
  await logs.expectCalls(shop.filter(holding("kingfisher")));
  await logs.search("kingfisher bott:sales");
  await expect(logs.searchBox).toHaveAccessibleDescription(/bott is not a field; did you mean bot:/);
  await expect(logs.searchBox).toHaveAttribute("aria-invalid", "true");
  await logs.expectCalls(shop.filter(holding("kingfisher")));
  await page.getByRole("button", { name: "Search for it as text" }).click();
  await expect(logs.searchBox).toHaveValue('kingfisher "bott:sales"');
  await logs.expectCalls([]);
});

test("typing is one step back, not one a letter", async ({ logs, page, shop }) => {
  await logs.open();
  await logs.choose("Request type", "GET");
  await logs.searchBox.pressSequentially("kingfisher", { delay: 10 });
  await logs.expectQuery({ q: "kingfisher", method: "GET" });
  await page.goBack();
  await logs.expectQuery({});
  await logs.expectCalls(shop.filter(answered));
});
