// A server that always sends the same response, for responses without an example in the contract.
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

export async function serving<T>(
  status: number,
  contentType: string,
  body: string,
  use: (baseUrl: string) => Promise<T>,
): Promise<T> {
  const server = createServer((request, response) => {
    request.resume();
    response.writeHead(status, { "content-type": contentType, connection: "close" }).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  try {
    const { port } = server.address() as AddressInfo;
    return await use(`http://127.0.0.1:${port}`);
  } finally {
    server.close();
  }
}
