// How much of what happened is told: a page needs these before it needs anything else of notifications.

/** The newest of so many days, and no more than so many. */
export const notificationDays = 30
export const mostNotifications = 200
