import { partsOf } from '../../profile/packages';

/** The whole name, and where the function is defined as far as that is known. */
export function InspectorHead({ name, place }: { readonly name: string; readonly place?: string | undefined }) {
  const { package: packageName, file } = partsOf(name);
  const told = [place ?? file, packageName].filter((part) => part !== null && part !== '');
  return (
    <header>
      <h2 className="inspector-name">{name}</h2>
      <p className="inspector-place">{told.length > 0 ? told.join(' · ') : 'The name tells of no package.'}</p>
    </header>
  );
}
