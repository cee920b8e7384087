// The line to the playground's server: what happens comes in, what is done goes out.

export function listen(handlers, { up, down }) {
  const source = new EventSource("/playground/events");
  source.addEventListener("open", up);
  source.addEventListener("error", down);
  for (const [kind, handle] of Object.entries(handlers)) {
    source.addEventListener(kind, (event) => handle(JSON.parse(event.data)));
  }
}

export async function post(what, values) {
  return answered(await fetch(`/playground/${what}`, {
    method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(values),
  }));
}

export async function postFile(file, values) {
  const query = new URLSearchParams({ ...values, name: file.name });
  return answered(await fetch(`/playground/file?${query}`, {
    method: "POST", headers: { "Content-Type": file.type || "application/octet-stream" }, body: file,
  }));
}

export async function answered(response) {
  const answer = await response.json();
  if (!response.ok) throw new Error(answer.error);
  return answer;
}
