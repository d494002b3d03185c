// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

/// A sentence of the pages, by what it is for; `Catalogue` has its wording in every language.
enum Phrase: String, CaseIterable, Sendable {
    // Every page.
    case pageTitle, receivedBy, receivedByRegion, staffSeeNothing, voluntary, languages, unverified
    // The rating page.
    case question, wholeHall, caseNumber, minutesLeft
    case verySatisfied, satisfied, basicallySatisfied, dissatisfied, veryDissatisfied
    case reasons, reasonsHint, more, wordsTitle, wordsHint, optional, nameLabel, mobileLabel, contactWhy
    case submit, sending
    case problemLevel, problemReason, problemTooLong, problemName, problemMobile, problemOther
    case pendingTitle, pendingText, retry, retryNow
    case thanksTitle, savedFor, savedForRegion, receiptNumber, receiptUse, checkReceipt
    // A receipt.
    case receiptTitle, receiptRecorded, receiptDelivered, receiptNoContent, receiptUnknownTitle, receiptUnknownText
    case receiptEnter, receiptCheck, receiptAgain
    // What is refused.
    case expiredTitle, expiredText, redeemedTitle, redeemedText, revokedTitle, revokedText, foreignTitle, foreignText
    case unreadableTitle, unreadableText, awayTitle, awayText, missingTitle, missingText, again
    // A kiosk screen.
    case screenPrompt, screenScan, screenRemaining, screenWelcome, screenIdle, screenThanks, screenThanksText
    case screenPaused, screenPausedText, screenOut, screenOutText, screenTicket, screenStaff
    case screenReconnecting, screenUnknown, screenNoKey
    // Questionnaires.
    case listTitle, listNone, listOpen, listEnter
    case answersReceivedBy, answersReceivedByRegion, answersReceivedByHall, answersVoluntary
    case answersSavedFor, answersSavedForRegion, answersSaved, answersThanks, answersSubmit
    case askRequired, askMost, askNone, askSkip, askSkipToEnd
    case problemUnanswered, problemTooMany, problemWritten, problemNothing
    case questionnaireUnknownTitle, questionnaireUnknownText, outdatedTitle, outdatedText, answersAwayTitle
    case answersUsedTitle, answersUsedText
    // A self-service kiosk.
    case kioskTitle, kioskEnter, kioskHint, kioskGo, kioskKeys, kioskDelete, kioskWindow, kioskWindows
    case kioskUnknown, kioskUnknownText, kioskNoKey, kioskNoKeyText
    case numberUnknownTitle, numberUnknownText, alreadyRatedTitle, alreadyRatedText
    case numberTooFastTitle, numberTooFastText
    case voice, voiceAgain, voiceSilent
    // The terminal of another maker.
    case leave, leaveUnrated, leaveUnsaved, leavesSoon, visitOverTitle, visitOverText
    case idleTitle, idleText, idleKeep, idleSubmit, idleDrop
}
