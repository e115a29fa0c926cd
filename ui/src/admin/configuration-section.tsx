import { useState } from 'react';
import { get } from '../api/question';
import { useAnswer, type Decoder } from '../api/use-answer';
import { CopyButton } from '../ui/copy-button';
import { Answered, Section } from './section';

const TEXT: Decoder<string> = { name: 'text', decode: (answer) => new TextDecoder().decode(answer.bytes) };

const CHOICES = [
  ['api/v1/status/config/diff', 'off default'],
  ['api/v1/status/config', 'all'],
  ['api/v1/status/config/default', 'defaults'],
  ['runtime_config', 'runtime'],
] as const;

/** The settings in force, as the configuration writes them. */
export default function ConfigurationSection() {
  const [path, setPath] = useState<(typeof CHOICES)[number][0]>(CHOICES[0][0]);
  const answer = useAnswer(get(path, [], 'text/plain'), TEXT, { stale: 0 });
  return (
    <Section
      title="Configuration"
      note="The settings in force. Secrets are left out by the server."
      tools={
        <>
          <div className="segmented" role="group" aria-label="Which settings">
            {CHOICES.map(([choice, title]) => (
              <button key={choice} type="button" aria-pressed={choice === path} onClick={() => setPath(choice)}>
                {title}
              </button>
            ))}
          </div>
          <CopyButton text={answer.data ?? ''} what="the settings" />
        </>
      }
    >
      <Answered answer={answer} scope="read for all tenants" label="Configuration">
        {(text) => (
          <pre className="admin-text" tabIndex={0}>
            {text.trim() === '' ? 'Everything is at its default.' : text}
          </pre>
        )}
      </Answered>
    </Section>
  );
}
