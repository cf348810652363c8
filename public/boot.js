// Runs before anything is painted: sets the remembered theme, asks for the session and the first calls while the wasm
// is still coming, and starts the page. A file of its own, so that the content security policy needs no exception.
(() => {
  const { js, wasm } = document.currentScript.dataset;
  const root = document.documentElement;

  try {
    const theme = localStorage.getItem("api-logs.theme");
    if (theme === "light" || theme === "dark") root.dataset.theme = theme;
  } catch {
    // Storage is forbidden in some frames; the system's theme then holds.
  }

  // The page takes each answer once (`browser::boot`). It prints the parameters in an order and spelling of its own:
  // where the address has another, it asks itself, and this answer is dropped.
  const early = (window.apiLogsEarly = {});
  const ask = (url) => {
    early[url] = fetch(url, { signal: AbortSignal.timeout(30000) });
    // The page handles the failure when it takes the answer.
    early[url].catch(() => {});
  };
  ask("api/v1/session");
  const path = location.pathname.slice(new URL(document.baseURI).pathname.length);
  if (path === "integrations/api-logs" || path === "") {
    // Only what is surely a filter: the server refuses anything else, and the page then says what was wrong.
    const filter =
      /^(q=.{1,60}|status=-?(success|error|no_response)|code=-?[1-9](\d\d|xx)|last=[1-9]\d?[mhd]|(method|bot|application|source|user)=.+)$/;
    const parameters = location.search.slice(1).split("&").filter((parameter) => parameter !== "" && !/^(call|tab|embed)=/.test(parameter));
    if (parameters.every((parameter) => filter.test(parameter))) {
      ask(`api/v1/calls?${parameters.map((parameter) => `${parameter}&`).join("")}limit=100`);
    }
  }

  const failed = (error) => {
    console.error(error);
    const message = document.createElement("div");
    message.className = "boot-message";
    message.setAttribute("role", "alert");
    const text = document.createElement("p");
    text.textContent = "API Logs could not be started. Your bots are not affected; only this page is.";
    const again = document.createElement("button");
    again.className = "btn btn--solid";
    again.textContent = "Load the page again";
    again.addEventListener("click", () => location.reload());
    message.append(text, again);
    document.body.replaceChildren(message);
  };
  const at = (path) => new URL(path, document.baseURI).href;
  const body = new Promise((ready) => {
    if (document.body) ready();
    else document.addEventListener("DOMContentLoaded", ready, { once: true });
  });
  Promise.all([import(at(js)), body])
    .then(([{ default: start }]) => start({ module_or_path: at(wasm) }))
    .catch(failed);
  // A fault inside the wasm ends it: say so instead of leaving a page that does not react.
  addEventListener("error", (event) => {
    if (event.error instanceof WebAssembly.RuntimeError) failed(event.error);
  });
  addEventListener("unhandledrejection", (event) => {
    if (event.reason instanceof WebAssembly.RuntimeError) failed(event.reason);
  });
})();
