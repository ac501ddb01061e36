/** Whether this page opens without a network here, and if not what its reader can do. */
import type { CardsKey } from './text';

export function troubleOffline(): CardsKey | undefined {
  if (/MicroMessenger/i.test(navigator.userAgent)) return 'noOfflineWeChat';
  if (!isSecureContext) return 'noOfflinePlain';
  if (!('serviceWorker' in navigator)) return 'noOfflineBrowser';
  return undefined;
}

/** @returns Whether the page will open without a network from now on. */
export async function keepShell(): Promise<boolean> {
  if (troubleOffline()) return false;
  try {
    await navigator.serviceWorker.register('/sw.js', { scope: '/', updateViaCache: 'none' });
    await navigator.serviceWorker.ready;
    // Asked once; a browser that says no may clear the data when space is short
    await navigator.storage?.persist?.();
    return true;
  } catch {
    return false;
  }
}
