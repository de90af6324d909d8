import { expect, it } from "vitest";
import { readPasted } from "../../../src/dashboard/refused/read-pasted.ts";

it("reads headers a line each, and leaves out what is none", () => {
  const headers = "Content-Type: application/json\r\n\r\n x-sign : sha256=a:b \nPOST /in/vcc HTTP/1.1\nHost";
  expect(readPasted({ url: "/in/vcc", headers })).toEqual({
    method: "POST",
    url: "/in/vcc",
    headers: { "Content-Type": "application/json", "x-sign": "sha256=a:b" },
    body: "",
  });
});

it("gives a body back the line ends that it had, for a signature covers them", () => {
  expect(readPasted({ url: "/", body: '{\r\n "a": 1\r\n}\r\n' }).body).toBe('{\n "a": 1\n}\n');
  const multipart = { url: "/", headers: "content-type: multipart/form-data; boundary=x", body: "--x\r\n" };
  expect(readPasted(multipart).body).toBe("--x\r\n");
});
