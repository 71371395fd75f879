import { defineErrors } from '../../../core/errors';

export const handoverError = defineErrors('handover', {
  not_found: [404, 'No handover has this id'],
  no_item: [404, 'The handover has no item with this id'],
  no_contact: [422, 'A briefing is of an external contact, not of a group chat'],
  no_briefing: [404, 'Nobody of your line took this external contact over'],
  version_conflict: [409, 'It was changed meanwhile: read it again'],
  not_a_draft: [409, 'It has gone out, or was cancelled: it cannot be changed any more'],
  nothing_to_hand_over: [422, 'Those members hold nothing that could be handed over'],
  nothing_to_submit: [422, 'No item waits to be submitted'],
  nobody_to_take: [422, 'None of the successors can take anybody over'],
  same_person: [422, 'Nobody takes over from themselves'],
  too_many_for_one: [422, 'So many need a second person: plan them in a handover of their own'],
  not_retried: [422, 'None of these items has failed, was refused or is over a limit'],
});
