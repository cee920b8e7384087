// Everything known about the small world, and who is looking at which chat.

export const world = { bot: {}, people: [], rooms: new Map(), messages: new Map(), description: {} };
export const view = { person: 0, room: 0, thread: null };
const seen = new Map();

export function fill({ bot, people, rooms, messages, description }) {
  Object.assign(world, { bot, people, description });
  world.rooms = new Map(rooms.map((room) => [room.id, room]));
  world.messages = new Map(rooms.map((room) => [room.id, new Map()]));
  messages.forEach(keep);
  for (const person of people) for (const place of placesOf(person)) see(person, place);
}

export function keep(message) {
  const room = world.messages.get(message.room) ?? new Map();
  world.messages.set(message.room, room.set(message.id, message));
}

export function keepRoom(room) {
  world.rooms.set(room.id, room);
  if (!world.messages.has(room.id)) world.messages.set(room.id, new Map());
}

export function forget(room, message) {
  world.messages.get(room)?.delete(message);
}

// A person's chats: each topic of a forum is one of its own.
export function placesOf(person) {
  const rooms = [...world.rooms.values()].filter((room) => room.members.includes(person.id));
  return rooms.flatMap((room) => (room.forum
    ? room.topics.map((topic) => ({ room, thread: topic.id, title: topic.name, kind: "topic" }))
    : [{ room, thread: null, title: room.title, kind: room.kind === "supergroup" ? "group" : room.kind }]));
}

export function messagesIn({ room, thread }) {
  const all = [...(world.messages.get(room.id)?.values() ?? [])];
  return all.filter((message) => (room.forum ? message.thread === thread : true)).sort((a, b) => a.id - b.id);
}

export function unread(person, place) {
  const last = seen.get(seat(person, place)) ?? 0;
  return messagesIn(place).filter((message) => message.id > last && message.sender.id !== person.id && !message.service).length;
}

export function see(person, place) {
  const last = messagesIn(place).at(-1);
  seen.set(seat(person, place), last?.id ?? 0);
}

export const me = () => world.people.find((person) => person.id === view.person);
export const here = () => placesOf(me()).find((place) => isHere(place)) ?? placesOf(me())[0];
export const isHere = (place) => place.room.id === view.room && place.thread === view.thread;
export const address = () => ({ person: view.person, room: view.room, thread: view.thread });
export const mayWrite = (place) => place.room.writers.includes(view.person);

const seat = (person, place) => `${person.id}/${place.room.id}/${place.thread ?? ""}`;
