/** `attendance-support`: transport, interpreters and calls for those who would miss an appointment. */
import { appointmentContacts } from './appointment-contacts.ts'

/** First appointments supported. */
export const attendanceSupport = appointmentContacts('attendance-support', 'transport, interpreters or calls, for first appointments', 'costPerContact')
