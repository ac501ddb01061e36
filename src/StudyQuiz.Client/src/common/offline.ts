/** Whether the flashcards open without a network here, and if not what their reader can do. */

/** How long an installation may take before the page says that it will not open without a network. */
const patience = 20_000;

export type OfflineTrouble = 'noOfflineWeChat' | 'noOfflinePlain' | 'noOfflineBrowser';

export function troubleOffline(): OfflineTrouble | undefined {
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
    // Never ready where the installation failed
    const ready = await Promise.race([navigator.serviceWorker.ready, new Promise<undefined>(resolve => setTimeout(resolve, patience))]);
    if (!ready) return false;
    // Asked once; a browser that says no may clear the data when space is short
    await navigator.storage?.persist?.();
    return true;
  } catch {
    return false;
  }
}
