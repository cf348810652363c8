// The page as a user finds it: by roles and names. Specs say what happens, this file knows where.

import { expect } from "@playwright/test";

const PATH = "integrations/api-logs";
/** What the status above the list says, from loading to failed. */
const STANDING = /^\s*(Loading calls|Calls not loaded|(At least )?[\d,]+ calls?)/;

export class ApiLogsPage {
  constructor(page) {
    this.page = page;
    this.grid = page.getByRole("grid", { name: "API logs" });
    this.searchBox = page.getByRole("searchbox", { name: "Search API logs" });
    this.count = page.getByRole("status").filter({ hasText: STANDING });
    this.suggestions = page.getByRole("listbox", { name: "Suggestions" });
    this.panel = page.getByRole("complementary", { name: "Call details" });
  }

  /** Opens the page with this query string, and waits until it has answered. */
  async open(query = "") {
    await this.page.goto(PATH + (query && `?${query}`));
    // On a narrow page an open call stands in the place of the list.
    await expect(this.count.filter({ hasText: /\d/ }).or(this.panel).first()).toBeVisible();
  }

  /** The query of the address bar. */
  query() {
    return new URL(this.page.url()).searchParams;
  }

  async expectQuery(expected) {
    await expect.poll(() => Object.fromEntries(this.query()), { message: "the query of the address" }).toEqual(expected);
  }

  /** The ids of the calls on screen, from top to bottom. */
  async ids() {
    const links = this.grid.locator('a[href*="call="]');
    const addresses = await links.evaluateAll((links) => links.map((link) => link.href));
    return addresses.map((address) => new URL(address).searchParams.get("call"));
  }

  /** Exactly these calls are found, in this order; of more than fit on the screen, the newest. */
  async expectCalls(calls) {
    const number = calls.length.toLocaleString("en-GB");
    await expect(this.count).toHaveText(new RegExp(`^${number} calls?`));
    const expected = calls.map((call) => call.id).slice(0, 10);
    await expect.poll(async () => (await this.ids()).slice(0, 10), { message: "the calls on screen" }).toEqual(expected);
    if (calls.length < 10) await expect(this.grid.locator('a[href*="call="]')).toHaveCount(calls.length);
  }

  row(call) {
    return this.grid.getByRole("row").filter({ has: this.page.locator(`a[href*="call=${call.id}"]`) });
  }

  /** What of a row takes the focus. */
  link(call) {
    return this.row(call).getByRole("link");
  }

  async openCall(call) {
    await this.row(call).click();
    await expect(this.panel).toBeVisible();
    await expect(this.panel.getByRole("tablist")).toBeVisible();
  }

  /** The button that opens a filter. With something set, its name goes on with the number. */
  filter(name) {
    return this.page.getByRole("button", { name: new RegExp(`^${name}\\b`) });
  }

  /** What an open filter shows. */
  popover(name) {
    return this.page.getByRole("group", { name, exact: true });
  }

  option(name, label) {
    return this.popover(name).getByRole("checkbox", { name: new RegExp(`^${label}\\b`) });
  }

  /** The line of a value, which has its count. */
  value(name, label) {
    return this.popover(name).getByRole("listitem").filter({ hasText: label });
  }

  /** Ticks values of a filter and closes it again. */
  async choose(name, ...labels) {
    await this.filter(name).click();
    for (const label of labels) await this.option(name, label).click();
    await this.page.keyboard.press("Escape");
    await expect(this.popover(name)).toBeHidden();
  }

  /** Leaves one value of a filter out. */
  async exclude(name, label) {
    await this.filter(name).click();
    await this.value(name, label).hover();
    await this.popover(name).getByRole("button", { name: new RegExp(`^Exclude ${label}\\b`) }).click();
    await this.page.keyboard.press("Escape");
  }

  /** Chooses one of the ranges that the Dates filter offers. */
  async chooseDates(label) {
    await this.filter("Dates").click();
    await this.popover("Dates").getByRole("button", { name: label, exact: true }).click();
  }

  async search(text) {
    await this.searchBox.fill(text);
  }

  /** What is offered below the search box. */
  suggestion(name) {
    return this.suggestions.getByRole("option", { name });
  }

  /** Opens the saved views. */
  async openViews() {
    await this.page.getByRole("button", { name: "Views", exact: true }).click();
    await expect(this.popover("Views")).toBeVisible();
  }

  /** Saves what is filtered as a view, with the views open. */
  async saveView(name, { shared = false } = {}) {
    const views = this.popover("Views");
    await views.getByRole("textbox").fill(name);
    if (shared) await views.getByRole("checkbox", { name: "Share with the account" }).check();
    await views.getByRole("button", { name: "Save", exact: true }).click();
    await expect(this.view(name)).toBeVisible();
  }

  /** The link of a saved view. */
  view(name) {
    return this.popover("Views").getByRole("link", { name: new RegExp(`^${name}`) });
  }

  /** The value of a fact in the panel. */
  fact(name) {
    return this.panel.locator("dt", { hasText: new RegExp(`^${name}$`) }).locator("xpath=following-sibling::dd[1]");
  }

  tab(name) {
    return this.panel.getByRole("tab", { name, exact: true });
  }
}
