extension GraphError {
    /// Meta's usual words ("Error codes" of the Cloud API): the HTTP status, the title and, where there are any, the details.
    static let known: [Int: (status: Int, title: String, details: String)] = [
        0: (401, "AuthException", "We were unable to authenticate the app user."),
        2: (503, "API Service", "Temporary due to downtime or due to being overloaded."),
        4: (400, "Application request limit reached", "The app has reached its API call rate limit."),
        10: (403, "Application does not have permission for this action", "Permission is either not granted or has been removed."),
        33: (400, "Parameter value is not valid", "The business phone number has been deleted."),
        100: (400, "Invalid parameter", "The request included one or more unsupported or misspelled parameters."),
        104: (401, "An access token is required to request this resource.", ""),
        190: (401, "Invalid OAuth access token - Cannot parse access token", ""),
        368: (403, "Temporarily blocked for policies violations", "The account has been restricted for violating a platform policy."),
        80007: (400, "Rate limit issues", "The WhatsApp Business Account has reached its rate limit."),
        130_403: (400, "User blocked business", "The user has blocked this business."),
        130_429: (
            400, "Rate limit hit",
            "Message failed to send because there were too many messages sent from this phone number in a short period of time."
        ),
        130_472: (400, "User's number is part of an experiment", "Message was not sent as part of an experiment."),
        130_497: (403, "Business account is restricted from messaging users in this country.", "Restricted by country."),
        131_000: (500, "Something went wrong", "Message failed to send due to an unknown error."),
        131_008: (400, "Required parameter is missing", "The request is missing a required parameter."),
        131_009: (400, "Parameter value is not valid", "One or more parameter values are invalid."),
        131_016: (500, "Service unavailable", "A service is temporarily unavailable."),
        131_026: (400, "Message Undeliverable", "Message Undeliverable."),
        131_030: (
            400, "Recipient phone number not in allowed list",
            "Recipient phone number not in allowed list: Add recipient phone number to recipient list and try again."
        ),
        131_031: (403, "Business Account locked", "Your account has been locked."),
        131_037: (400, "WhatsApp provided number needs display name approval before message can be sent.", "Display name not approved."),
        131_042: (
            400, "Business eligibility payment issue",
            "Message failed to send because there were one or more errors related to your payment method."
        ),
        131_045: (500, "Incorrect certificate", "Message failed to send due to a phone number registration error."),
        131_047: (
            400, "Re-engagement message",
            "Message failed to send because more than 24 hours have passed since the customer last replied to this number."
        ),
        131_049: (400, "Meta chose not to deliver.", "This message was not delivered to maintain healthy ecosystem engagement."),
        131_050: (400, "User has stopped receiving marketing messages", "The recipient has chosen to stop receiving marketing messages."),
        131_051: (400, "Unsupported message type", "Message type is currently not supported."),
        131_052: (400, "Media download error", "Unable to download the media sent by the user."),
        131_053: (400, "Media upload error", "Unable to upload the media used in the message."),
        131_056: (
            400, "(Business Account, Consumer Account) pair rate limit hit",
            "Message failed to send because there were too many messages sent from this phone number to the same phone "
                + "number in a short period of time."
        ),
        131_062: (
            400, "Business-scoped User ID (BSUID) recipients are not supported for this message",
            "Use the recipient's phone number."
        ),
        132_001: (
            404, "Template name does not exist in the translation",
            "The template does not exist in the specified language or has not been approved."
        ),
        133_010: (400, "Phone number not registered", "Phone number not registered on the WhatsApp Business Platform."),
    ]
}
