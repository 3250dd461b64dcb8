import type { Moment } from './moment.ts';

/** The numbers of a text that begins as ISO 8601 writes a day, read from its characters; -1 where it does not. */
export function isoYear(text: string): number {
  if (text.charCodeAt(4) !== 0x2d || text.charCodeAt(7) !== 0x2d) return -1;
  const [high, low] = [pair(text, 0), pair(text, 2)];
  return high < 0 || low < 0 ? -1 : high * 100 + low;
}

/** Whether a time stands from character 10 on that is one of a day, `13:45:00`. */
export function hasTime(text: string): boolean {
  if (text.charCodeAt(13) !== 0x3a || text.charCodeAt(16) !== 0x3a) return false;
  const [hour, minute, second] = [pair(text, 11), pair(text, 14), pair(text, 17)];
  return hour >= 0 && hour < 24 && minute >= 0 && minute < 60 && second >= 0 && second < 60;
}

/** Two digits as a number, -1 where they are none. */
export function pair(text: string, at: number): number {
  const [tens, ones] = [text.charCodeAt(at) - 0x30, text.charCodeAt(at + 1) - 0x30];
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : -1;
}

/** From there on there are a point and digits, or nothing. */
export function endsInFraction(text: string, from: number): boolean {
  return text.length === from || fractionEnd(text, from) === text.length;
}

/** A day and a time with an offset, as databases write them: read without patterns, since there are millions. */
export function readIso(text: string): Moment | null {
  const [year, month, day] = [isoYear(text), pair(text, 5), pair(text, 8)];
  const between = text.charCodeAt(10);
  if (year < 0 || month < 0 || day < 0 || (between !== 0x20 && between !== 0x54) || !hasTime(text))
    return null;
  const offset = offsetFrom(text, fractionEnd(text, 19));
  if (offset === null) return null;
  const [hour, minute, second] = [pair(text, 11), pair(text, 14), pair(text, 17)];
  return { year, month, day, short: false, hour, minute, second, offset };
}

/** Where the digits behind a point end; `from` where no point is. */
function fractionEnd(text: string, from: number): number {
  if (text.charCodeAt(from) !== 0x2e) return from;
  let at = from + 1;
  for (let digit = text.charCodeAt(at); digit >= 0x30 && digit <= 0x39; digit = text.charCodeAt(at)) at++;
  return at;
}

/** Seconds ahead of UTC by what a text ends in, `-03`, ` +00:00` or `Z`; null where it ends in something else. */
function offsetFrom(text: string, from: number): number | null {
  const at = text.charCodeAt(from) === 0x20 ? from + 1 : from;
  const sign = text.charCodeAt(at);
  if (sign === 0x5a && text.length === at + 1) return 0;
  if (sign !== 0x2b && sign !== 0x2d) return null;
  const colon = text.charCodeAt(at + 3) === 0x3a;
  if (text.length !== at + 3 && !(colon && text.length === at + 6)) return null;
  const [hours, minutes] = [pair(text, at + 1), colon ? pair(text, at + 4) : 0];
  if (hours < 0 || minutes < 0) return null;
  return (sign === 0x2d ? -60 : 60) * (hours * 60 + minutes);
}
