import { Navigate, Route, Routes } from 'react-router';
import { BottomBar } from './bottom-bar';
import { BriefingPage } from './briefing-page';
import { CustomerPage } from './customer-page';
import { FailureScreen } from './failure-screen';
import { GroupPage } from './group-page';
import { useJourney } from './journey';
import { Waiting } from './parts';
import { TimelinePage } from './timeline-page';

/** The pages about whoever the chat is with, once that is known; until then what is going on, or what went wrong. */
export function PersonPages() {
  const { arrived, failed } = useJourney();
  if (failed) return <FailureScreen failed={failed} />;
  if (!arrived) return <Waiting />;
  const isGroup = arrived.kind === 'group_chat';
  return (
    <>
      <main className="page">
        <Routes>
          <Route index element={isGroup ? <GroupPage context={arrived} /> : <CustomerPage context={arrived} />} />
          <Route path="timeline" element={<TimelinePage context={arrived} />} />
          {arrived.has_briefing && <Route path="briefing" element={<BriefingPage id={arrived.id} />} />}
          <Route path="*" element={<Navigate to="/" replace />} />
        </Routes>
      </main>
      <BottomBar context={arrived} />
    </>
  );
}
