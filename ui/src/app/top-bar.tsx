import { Link, useLocation } from 'wouter';
import mark from './mark.svg';
import { useDialogs } from './dialogs';
import { TenantMenu } from './tenant-menu';
import { ThemeMenu } from './theme-menu';
import './top-bar.css';

const PAGES = [
  ['/', 'Overview'],
  ['/explore', 'Explore'],
  ['/compare', 'Compare'],
  ['/functions', 'Functions'],
  ['/upload', 'Upload'],
  ['/admin', 'Admin'],
] as const;

export function TopBar() {
  const [path] = useLocation();
  const open = useDialogs((d) => d.open);
  return (
    <header className="top-bar">
      <Link href="/" className="top-bar-home">
        <img src={mark} alt="" width="18" height="18" />
        kagari
      </Link>
      <nav aria-label="Pages">
        {PAGES.map(([href, title]) => (
          <Link key={href} href={href} className="top-bar-page" aria-current={isAt(path, href) ? 'page' : undefined}>
            {title}
          </Link>
        ))}
      </nav>
      <div className="top-bar-tools">
        <button type="button" className="button" onClick={() => open('palette')}>
          Search or jump to <kbd className="key">Ctrl K</kbd>
        </button>
        <div id="page-tools" className="top-bar-tools" />
        <TenantMenu />
        <ThemeMenu />
      </div>
    </header>
  );
}

function isAt(path: string, href: string): boolean {
  return href === '/' ? path === '/' : path === href || path.startsWith(`${href}/`);
}
