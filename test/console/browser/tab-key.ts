import type { Page } from 'playwright-core';

/** Presses the Tab key so many times, one behind the other, without asking between them what came of it. */
export async function pressTab(page: Page, times: number): Promise<void> {
  const keyboard = await page.context().newCDPSession(page);
  const send = (type: 'rawKeyDown' | 'keyUp') =>
    keyboard.send('Input.dispatchKeyEvent', { type, key: 'Tab', code: 'Tab', windowsVirtualKeyCode: 9 });
  await Promise.all(Array.from({ length: times }, () => [send('rawKeyDown'), send('keyUp')]).flat());
  await keyboard.detach();
}
