import { QueryClientProvider } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { BrowserRouter, Route, Routes } from 'react-router';
import { queryClient } from '../api/sidebar';
import { usePreferences } from '../preferences';
import { usePaletteVariables, useScheme } from '../theme/use-scheme';
import { DiagnosePage } from './diagnose-page';
import { useJourney } from './journey';
import { PersonPages } from './person-pages';
import { speak } from './speak';

/** Everything around the pages: texts, colours, data, addresses, and the way to whoever the chat is with. */
export function App() {
  const isSpoken = useLanguage();
  const scheme = useScheme();
  const setOut = useJourney((journey) => journey.setOut);
  usePaletteVariables(scheme);
  useEffect(() => document.documentElement.setAttribute('data-prefers-color-scheme', scheme), [scheme]);
  useEffect(() => void setOut(), [setOut]);
  if (!isSpoken) return null;
  return (
    <QueryClientProvider client={queryClient}>
      <BrowserRouter basename="/sidebar">
        <Routes>
          <Route path="/diagnose" element={<DiagnosePage />} />
          <Route path="*" element={<PersonPages />} />
        </Routes>
      </BrowserRouter>
    </QueryClientProvider>
  );
}

function useLanguage(): boolean {
  const language = usePreferences((preferences) => preferences.language);
  const [spoken, setSpoken] = useState<string>();
  useEffect(() => {
    void speak(language).then(() => setSpoken(language));
  }, [language]);
  return spoken === language;
}
