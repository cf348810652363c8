// A server that remembers what reached it: where the curl commands of the fixtures lead.

import { once } from "node:events";
import { createServer } from "node:http";

export class Echo {
  static async start() {
    const echo = new Echo();
    echo.received = [];
    echo.server = createServer(async (request, response) => {
      const chunks = [];
      for await (const chunk of request) chunks.push(chunk);
      const { method, url, headers } = request;
      echo.received.push({ method, url, headers, body: Buffer.concat(chunks) });
      response.end("received");
    }).listen(0, "127.0.0.1");
    await once(echo.server, "listening");
    echo.url = `http://127.0.0.1:${echo.server.address().port}`;
    return echo;
  }

  async stop() {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, "close");
  }
}
