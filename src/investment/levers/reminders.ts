/** `reminders`: messages before an appointment that say what a missed slot costs. */
import { appointmentContacts } from './appointment-contacts.ts'

/** Reminders on top of those already sent. */
export const reminders = appointmentContacts('reminders', 'reminders that say what a missed slot costs, before first appointments', 'costPerReminder')
